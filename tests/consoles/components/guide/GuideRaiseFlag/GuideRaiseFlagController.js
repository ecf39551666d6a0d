({
  run: function (component, event, helper) {
    var toolkit = component.find("omni");
    toolkit.getAgentWorks().then(function (result) {
      var work = JSON.parse(result.works)[0];
      return toolkit.raiseAgentWorkFlag({ workId: work.workId, message: "Please look" }).then(function (done) {
        console.log("raised: " + done);
      });
    }).catch(function (error) {
      console.log("refused: " + error.message);
    });
  }
})
