({
  run: function (component, event, helper) {
    component.find("omni").logout().then(function (result) {
      console.log("logged out: " + result);
    }).catch(function (error) {
      console.log("refused: " + error.message);
    });
  }
})
