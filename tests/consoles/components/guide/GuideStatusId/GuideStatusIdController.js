({
  run: function (component, event, helper) {
    component.find("omni").getServicePresenceStatusId().then(function (result) {
      console.log("status " + result.statusId + ", " + result.statusName + ", " + result.statusApiName);
    }).catch(function (error) {
      console.log("refused: " + error.message);
    });
  }
})
